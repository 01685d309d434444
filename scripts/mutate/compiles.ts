/** Whether a changed file still compiles: what the compiler refuses needs no test. */
import { join } from 'node:path'
import ts from 'typescript'
import { root } from '../tool.ts'
import type { Mutant, Place } from './choose.ts'

/** One change at a time; what the compiler knows of all other files stays. */
export function compilation(): (change: Pick<Mutant, 'file' | 'place' | 'replacement'>) => boolean {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const changed = new Map<string, { text: string; version: number }>()
  let version = 0
  const textOf = (file: string): string | undefined => changed.get(file)?.text ?? ts.sys.readFile(file)
  const service = ts.createLanguageService({
    getScriptFileNames: () => fileNames.filter(name => name.startsWith(join(root, 'src'))),
    getScriptVersion: file => String(changed.get(file)?.version ?? 0),
    getScriptSnapshot: file => {
      const text = textOf(file)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    // A condition that is gone may leave a name that nothing uses: that alone would be no mistake of its own.
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false, noUnusedParameters: false }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories
  })
  return ({ file, place, replacement }) => {
    const path = join(root, file)
    const text = ts.sys.readFile(path) ?? ''
    const at = ({ line, column }: Place['start']): number =>
      text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + column
    changed.set(path, {
      text: text.slice(0, at(place.start)) + replacement + text.slice(at(place.end)),
      version: ++version
    })
    const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)]
    changed.set(path, { text, version: ++version })
    return found.length === 0
  }
}
