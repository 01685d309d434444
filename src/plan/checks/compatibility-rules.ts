/** What goes together, as one table over pool spec × size × disks × definition × allocation mode. */
import { toRule } from './fit-rule.ts'
import { NETWORK_FITS } from './network-fits.ts'
import type { Rule } from './rule.ts'
import { SECURITY_FITS } from './security-fits.ts'
import { SIZE_FITS } from './size-fits.ts'

export const COMPATIBILITY_RULES: readonly Rule[] = [...SIZE_FITS, ...SECURITY_FITS, ...NETWORK_FITS].map(toRule)
