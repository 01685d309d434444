/** Publishes the pool spec's schema for editors. */
import { z } from 'zod'
import { poolSpecSchema } from '../../src/inputs/pool-spec-schema.ts'

/** Relative to the repository's root. */
export const target = 'schema/pool-spec.schema.json'

export function render(): string {
  const { $schema, ...schema } = z.toJSONSchema(poolSpecSchema, { target: 'draft-7', io: 'input' })
  const about = {
    title: 'Pool spec of the Batch image rollout action',
    description: 'An Azure Batch pool as Resource Manager shows it (api-version 2025-06-01), what can be written of it.'
  }
  return `${JSON.stringify({ $schema, ...about, ...schema }, undefined, 2)}\n`
}
