/** What a PATCH of a pool that exists would take away, or can’t do. */
import type { WantedPool } from '../situation.ts'
import { changedBody, poolDifferences, unmadeDifferences } from '../pool/difference.ts'
import { missingSecretsOf, surplusIdentities } from '../../rules/pool-body.ts'
import { UNMADE_ITEM } from '../../rules/pool-metadata.ts'
import { fitOf, objectAt } from './as-it-will-be.ts'
import { ofPool } from './of-pool.ts'
import { error, note, PAGE, warning, type Rule } from './rule.ts'

const named = ({ spec }: WantedPool): string => `pool "${spec.poolName}"`

export const POOL_BODY_RULES: readonly Rule[] = [
  {
    id: 'left-aside',
    source: 'Microsoft.Batch resource manager contract, 2025-06-01 (readOnly)',
    check: ofPool(({ spec: { leftAside = [] } }) =>
      leftAside.length === 0
        ? undefined
        : note(
            `pool-spec: left aside, as only Batch or this action sets them: ${leftAside.join(', ')}`,
            'nothing needs to be done; leave them out to be rid of this note'
          )
    )
  },
  {
    id: 'start-task-command',
    source: 'Microsoft.Batch resource manager contract, 2025-06-01 (startTask.commandLine)',
    check: ofPool((wanted, situation) => {
      const { pool } = situation.observed
      const written = wanted.properties.startTask
      const startTask = objectAt(fitOf(wanted, situation).properties, 'startTask')
      if (written === undefined || startTask.commandLine !== undefined) return undefined
      const why = pool === undefined ? 'a new pool needs one' : `${named(wanted)} has none to keep`
      return error(`pool-spec: startTask.commandLine is missing, and ${why}`, 'say what the start task runs')
    })
  },
  {
    id: 'smoke-test-container',
    source: 'Batch service contract, 2025-06-01 (containerSettings of a task)',
    check: ofPool((wanted, situation) => {
      const { smokeTest } = wanted.spec
      if (smokeTest === undefined) return undefined
      const hasContainers = fitOf(wanted, situation).virtualMachine.containerConfiguration !== undefined
      const isInContainer = smokeTest.task.containerSettings !== undefined
      if (hasContainers === isInContainer) return undefined
      return hasContainers
        ? error(
            `smoke-test: ${named(wanted)} has containerConfiguration, and a task there must say in which container it runs`,
            'give the task as JSON, with containerSettings.imageName'
          )
        : error(
            `smoke-test: has containerSettings, and ${named(wanted)} has no containerConfiguration`,
            'leave containerSettings out, or give the pool containerConfiguration'
          )
    })
  },
  {
    id: 'pool-secrets',
    source: PAGE.batchContract,
    check: ofPool((wanted, { observed: { pool } }) => {
      if (pool === undefined) return undefined
      const missing = missingSecretsOf(changedBody(wanted, poolDifferences(wanted, pool)), pool)
      return missing.map(({ path, must }) =>
        must
          ? error(
              `${named(wanted)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows ${path}: the pool would lose it`,
              `write it into ${specOf(wanted)}, with what it is part of, as a reference such as \${env:NAME}` +
                (path.endsWith('.protectedSettings') ? '; as {} where there is none' : '')
            )
          : note(
              `${named(wanted)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows whether there is ${path}`,
              `write it into ${specOf(wanted)}, if the pool has one`
            )
      )
    })
  },
  {
    id: 'pool-identities',
    source: 'github.com/hashicorp/terraform-provider-azurerm/issues/30206',
    check: ofPool((wanted, { observed: { pool } }) => {
      const { identity } = wanted.spec.pool
      const surplus = pool === undefined || identity === undefined ? [] : surplusIdentities({ identity }, pool)
      if (surplus.length === 0) return undefined
      return warning(
        `${named(wanted)} keeps ${surplus.join(', ')}: Batch adds the identities of a change to those that a pool has, and takes none away`,
        'to be rid of it, give the pool spec another name, so that a new pool is made; or write it into the spec'
      )
    })
  },
  {
    id: 'pool-change-unmade',
    source: 'the pool’s metadata',
    check: ofPool((wanted, { observed: { pool } }) => {
      const paths = pool === undefined ? [] : unmadeDifferences(wanted, pool).map(({ path }) => path)
      if (paths.length === 0) return undefined
      return error(
        `${named(wanted)}: an earlier run asked for ${paths.join(', ')}, and Batch answered well and left it as it was`,
        `${insteadOf(wanted)}, so that a new pool is made with it; to have it tried ` +
          `again, delete "${UNMADE_ITEM}" from the pool’s metadata`
      )
    })
  }
]

const insteadOf = ({ spec }: WantedPool): string =>
  spec.poolFrom === 'pool'
    ? 'give a pool spec of another name in place of pool'
    : 'take it out of the pool spec, or give the spec another name'

/** A spec may leave out whatever the pool has. */
const specOf = ({ spec }: WantedPool): string =>
  spec.poolFrom === 'pool'
    ? 'a pool spec (pool-spec, in place of pool) that has nothing else but the name'
    : 'the pool spec'

const topOf = (path: string): string => path.split(/[.[]/)[0] ?? path
