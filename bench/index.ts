/** `npm run bench [-- --only path,calls]`: how fast the action is, in one readable report. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { azSection } from './az.ts'
import { changeSection } from './change.ts'
import { callsSection } from './calls.ts'
import { pathSection } from './path.ts'
import { redactSection } from './redact.ts'
import { startSection } from './start.ts'

const SECTIONS: Record<string, { title: string; run(): Promise<string> }> = {
  path: { title: 'Time over the critical path of the cloud’s own operations', run: pathSection },
  calls: { title: 'Azure calls by kind', run: callsSection },
  change: { title: 'Another image for a pool in use', run: changeSection },
  start: { title: 'Start, size, memory, simulation', run: startSection },
  redact: { title: 'Hiding secrets, by the length of the text', run: redactSection },
  az: { title: 'Beside the Azure CLI, in real time', run: azSection }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const names = values.only?.split(',').map(name => name.trim()) ?? Object.keys(SECTIONS)
const unknown = names.filter(name => !(name in SECTIONS))
if (unknown.length > 0) {
  console.error(`--only: "${unknown.join(', ')}" is no section; they are ${Object.keys(SECTIONS).join(', ')}`)
  process.exit(1)
}

console.log(`Node ${process.version}, ${availableParallelism()} cores`)
for (const name of names) {
  const section = SECTIONS[name]
  if (section === undefined) continue
  const begun = performance.now()
  console.log(`\n${section.title} (${name})\n`)
  console.log(await section.run())
  console.log(`\n  ${((performance.now() - begun) / 1_000).toFixed(0)} s`)
}
