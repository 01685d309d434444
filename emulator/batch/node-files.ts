import type { Stored } from '../kernel/types.ts'
import { objectOf, textOf } from './json.ts'
import type { Look } from './node-tasks.ts'
import { behaviourOf } from './node-tasks.ts'
import { lastBoot, startTaskFails } from './node-times.ts'
import type { NodeFact } from './pool-facts.ts'
import { poolProperties } from './pool-nodes.ts'
import { rootOf } from './task-view.ts'

/** A file, or without `text` a directory. */
export type NodeFile = { path: string; text?: string; modifiedAt: number }

/** Recorded on nodes of Linux (2019). */
const ROOT = ['applications', 'fsmounts', 'shared', 'startup', 'volatile', 'workitems']

/** What is on a node that has booted, by path: what every node has, what its start task left, and what the world says. */
export function nodeFiles(look: Look, node: NodeFact): NodeFile[] {
  const { started, startTaskEnd } = lastBoot(look, node)
  const modifiedAt = Math.min(look.now, startTaskEnd)
  const texts = new Map<string, string>(node.hasStartTask ? startTaskTexts(look, node) : [])
  for (const { path, text, index = 'all' } of behaviourOf(look).files ?? [])
    if (index === 'all' || index.includes(node.index)) texts.set(path, text)
  const runs = runFiles(look, node)
  const directories = new Set([
    ...ROOT,
    ...(node.hasStartTask ? ['startup/wd'] : []),
    ...[...texts.keys(), ...runs.map(({ path }) => path)].flatMap(parents)
  ])
  const files = [...texts].map(([path, text]) => ({ path, text, modifiedAt }))
  const written = runs.filter(({ path, text }) => text !== undefined && !texts.has(path))
  return [...[...directories].map(path => ({ path, modifiedAt: started })), ...written, ...files].sort((a, b) =>
    a.path < b.path ? -1 : 1
  )
}

/** What the last run of each task has on the node, its output from its beginning on. */
function runFiles({ now }: Look, node: NodeFact): NodeFile[] {
  const begun = (node.runs ?? []).filter(run => run.startedAt <= now && !((run.removedAt ?? Infinity) <= now))
  return [...new Map(begun.map(run => [rootOf(run), run]))].flatMap(
    ([root, { stdout, stderr, startedAt, endsAt, ended }]) => {
      const modifiedAt = Math.max(startedAt, Math.min(now, ended?.at ?? endsAt))
      return [
        { path: `${root}/stdout.txt`, text: stdout, modifiedAt },
        { path: `${root}/stderr.txt`, text: stderr, modifiedAt },
        { path: `${root}/wd/`, modifiedAt }
      ]
    }
  )
}

function startTaskTexts(look: Look, node: NodeFact): [string, string][] {
  const boot = lastBoot(look, node)
  const isOver = look.now >= boot.startTaskEnd
  return [
    ['startup/stdout.txt', 'start task\n'],
    ['startup/stderr.txt', isOver && startTaskFails(look, node, boot) ? 'start task failed\n' : '']
  ]
}

function parents(path: string): string[] {
  const words = path.split('/').slice(0, -1)
  return words.map((_word, index) => words.slice(0, index + 1).join('/'))
}

/** `text/plain` is recorded for `.txt`. */
export const contentTypeOf = (path: string): string =>
  /\.(?:txt|log)$/i.test(path) ? 'text/plain' : 'application/octet-stream'

/** Files have a mode on Linux, and a time of creation on Windows (recorded). */
export function isWindows(pool: Stored): boolean {
  const machine = objectOf(poolProperties(pool)['deploymentConfiguration'])['virtualMachineConfiguration']
  return textOf(objectOf(machine)['nodeAgentSkuId'])?.includes('windows') ?? false
}
