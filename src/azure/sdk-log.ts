/** `AZURE_LOG_LEVEL` and `DEBUG=azure*` make the SDKs write to stderr, past whatever keeps secrets out of the log: signed URLs too. */
import { AzureLogger } from '@azure/logger'
import { format } from 'node:util'

/** What they write goes to `debug` instead, and URLs without their query. */
export function quietSdks(debug: (line: string) => void): void {
  AzureLogger.log = (...args: unknown[]) => debug(withoutQueries(format(...args)))
}

export function withoutQueries(text: string): string {
  return text.replace(/(https?:\/\/[^\s"'?\\]+)\?[^\s"'\\]*/gi, '$1?…')
}
