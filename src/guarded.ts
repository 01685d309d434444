/** Whatever a run writes, and wherever, goes through here: no secret passes. */
import type { Deps } from './deps.ts'
import { redactor } from './report/redact.ts'
import { runJournal, type RunJournal } from './run-journal.ts'

export type Guarded = Deps & {
  journal: RunJournal
  /** Keeps a secret out of everything that is written from now on. */
  hide(secret: string): void
  /** Data without secrets: before it is rendered, that no escaping or cutting hides one from view. */
  clean<T>(value: T): T
}

export function guarded(deps: Deps): Guarded {
  const { deep, hide, text } = redactor()
  hide(deps.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '')
  const { log } = deps
  return {
    ...deps,
    hide,
    clean: deep,
    getIdToken: async audience => {
      const token = await deps.getIdToken(audience)
      hide(token)
      return token
    },
    journal: runJournal({ write: entry => deps.journal.write(deep(entry)) }),
    log: {
      say: line => log.say(text(line)),
      debug: line => log.debug(text(line)),
      annotate: annotation => log.annotate(deep(annotation)),
      mask: secret => {
        hide(secret)
        log.mask(secret)
      }
    },
    writePlan: json => deps.writePlan(text(json)),
    setOutputs: outputs => deps.setOutputs(deep(outputs)),
    writeSummary: markdown => deps.writeSummary(text(markdown))
  }
}
