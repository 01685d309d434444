import { describe, expect, test } from '@jest/globals'
import { readActionMetadata } from '../../../scripts/action-metadata.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { Plan } from '../../../src/model/plan.ts'
import { OUTPUT_NAMES, outputsOf, type OutputName } from '../../../src/report/outputs.ts'
import {
  dryRunOutcome,
  dryRunPlan,
  failedOutcome,
  poolId,
  releaseOutcome,
  releasePlan,
  resource,
  versionId
} from '../../support/plan-fixtures.ts'

describe('outputs', () => {
  test('every name has a value, in the order of the list', () => {
    expect(Object.keys(outputsOf(releasePlan(), releaseOutcome()))).toEqual([...OUTPUT_NAMES])
  })

  test('a release that succeeds says what is there', () => {
    const outputs = outputsOf(releasePlan(), releaseOutcome(), { planFile: 'plan.json' })
    expect(outputs).toMatchObject({
      'image-id': versionId,
      'image-name': 'farm/render-node/2026.407.1',
      'image-version': '2026.407.1',
      'pool-id': poolId,
      'pool-name': 'render',
      'provisioning-state': 'Succeeded',
      'allocation-state': 'Steady',
      'current-dedicated-nodes': '48',
      'current-low-priority-nodes': '12',
      'node-states': '{"dedicated":{"idle":40,"running":8},"lowPriority":{"idle":10,"preempted":2}}',
      'resize-errors': '[]',
      changed: 'true',
      'plan-file': 'plan.json',
      'failure-reason': '',
      'failed-step': ''
    })
    expect(outputs['snapshot-ids']).toBe('[]')
  })

  test('snapshots that stand are named, those that were deleted or never begun are not', () => {
    const plan = releasePlan()
    const ids = (resources: Outcome['resources']): unknown =>
      JSON.parse(outputsOf(plan, failedOutcome({ resources }))['snapshot-ids'])
    const [first = '', second = '', third = ''] = plan.image?.snapshotIds ?? []
    expect(ids([resource(first.toUpperCase(), 'made'), resource(second, 'made', 'deleted')])).toEqual([first])
    expect(ids([{ id: third, exists: false, deeds: [] }])).toEqual([])
    expect(ids([])).toEqual([])
  })

  test.each<[string, Partial<Plan>]>([
    ['a check refuses', { steps: [] }],
    ['a step before the image fails', {}]
  ])('an image that was not made is no output: %s', (_, change) => {
    const outputs = outputsOf({ ...releasePlan(), ...change }, failedOutcome({ steps: [], resources: [] }))
    expect(outputs).toMatchObject({ 'image-id': '', 'image-name': '', 'image-version': '', 'snapshot-ids': '[]' })
  })

  test('the state of the pool is a shape of our own with a version', () => {
    expect(JSON.parse(outputsOf(releasePlan(), releaseOutcome())['pool-state'])).toEqual({
      version: 1,
      id: poolId,
      name: 'render',
      provisioningState: 'Succeeded',
      allocationState: 'Steady',
      vmSize: 'standard_d8s_v5',
      imageId: versionId,
      scale: 'fixed',
      dedicated: { current: 48, target: 48, states: { idle: 40, running: 8 } },
      lowPriority: { current: 12, target: 12, states: { idle: 10, preempted: 2 } },
      resizeErrors: []
    })
  })

  test('a failure is written with what is known by then', () => {
    const outputs = outputsOf(releasePlan(), failedOutcome())
    expect(outputs['failure-reason']).toBe('allocation-failed')
    expect(outputs['failed-step']).toBe('scale-pool')
    expect(outputs['image-id']).toBe(versionId)
    expect(JSON.parse(outputs['resize-errors'])[0].code).toBe('AllocationTimedout')
  })

  test('a dry run knows the ids of what does not exist yet, and nothing of the pool', () => {
    const outputs = outputsOf(dryRunPlan(), dryRunOutcome())
    expect(outputs).toMatchObject({ 'image-id': versionId, 'pool-id': poolId, 'pool-name': 'render', changed: 'false' })
    expect(outputs['pool-state']).toBe('null')
    expect(outputs['current-dedicated-nodes']).toBe('')
  })

  test('without a plan everything but the failure is empty, and what is JSON still is', () => {
    const { steps: _, ...failed } = failedOutcome({ changed: false, pools: [] })
    const outputs = outputsOf(undefined, { ...failed, steps: [] })
    const filled = Object.entries(outputs).filter(([, value]) => value !== '')
    expect(Object.fromEntries(filled)).toEqual({
      'snapshot-ids': '[]',
      'pool-state': 'null',
      pools: '[]',
      'node-states': '{}',
      'resize-errors': '[]',
      changed: 'false',
      'failure-reason': 'allocation-failed',
      'failed-step': outputs['failed-step']
    })
  })

  test('every output that action.yml calls JSON is JSON, however early the run ended', () => {
    const isJson = readActionMetadata().outputs.filter(({ description }) =>
      /\bJSON (array|object)|as JSON in/.test(description)
    )
    expect(isJson.map(({ name }) => name)).toEqual(['snapshot-ids', 'pool-state', 'node-states', 'resize-errors'])
    const { steps: _, ...failed } = failedOutcome({ changed: false, pools: [] })
    const outputs = outputsOf(undefined, { ...failed, steps: [] })
    for (const { name } of isJson) expect(() => JSON.parse(outputs[name as OutputName])).not.toThrow()
  })
})
