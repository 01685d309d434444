import { expect } from '@jest/globals'
import { findAz } from '../../scripts/clients/az-cli.ts'
import { workWithAz } from '../../scripts/clients/az.ts'
import { testIf } from '../support/test-if.ts'

const found = findAz(process.env)
const missing = process.env['RUN_CLIENTS'] === undefined ? 'RUN_CLIENTS is not set; a minute an az' : undefined

for (const az of found.length === 0 ? ['az'] : found) {
  testIf(found.length === 0 ? 'no az' : missing)(
    `${az}, which nobody here wrote, works the chain by hand on the embedded Azure`,
    async () => {
      const { rows } = await workWithAz(az)
      expect(rows.filter(({ result }) => result === 'failed')).toEqual([])
      expect(rows.length).toBeGreaterThan(55)
    },
    300_000
  )
}
