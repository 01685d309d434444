/** How each kind of source is read, by the input that names it. */
import type { Azure } from '../azure/gateway.ts'
import type { Source } from '../model/observed.ts'
import type { SourceInput, SourceSpec } from '../model/spec.ts'

type Read = (azure: Azure, source: SourceSpec) => Promise<Source | undefined>

export const SOURCES: Readonly<Record<SourceInput, Read>> = {
  'source-vm': ({ compute }, { id }) => compute.getSource(id)
}
