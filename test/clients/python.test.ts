import { expect } from '@jest/globals'
import { findPython, workWithPython } from '../../scripts/clients/python.ts'
import { testIf } from '../support/test-if.ts'

const asked = process.env['RUN_CLIENTS'] !== undefined
const python = asked ? findPython(process.env) : undefined
const missing = asked ? 'no Python with the current Azure SDKs' : 'RUN_CLIENTS is not set; half a minute'

testIf(python === undefined ? missing : undefined)(
  "Microsoft's Python SDKs work the chain on the embedded Azure",
  async () => {
    const { rows } = await workWithPython(python ?? '')
    expect(rows.filter(({ result }) => result === 'failed')).toEqual([])
    expect(rows.length).toBeGreaterThan(50)
  },
  300_000
)
