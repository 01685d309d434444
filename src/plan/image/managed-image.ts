/** Plans a managed image: from snapshots, which stay as long as it does, or straight from a generalized VM. */
import { nameOf } from '../../model/arm-id.ts'
import type { Step } from '../../model/plan.ts'
import type { PublishTo } from '../../model/spec.ts'
import { managedImageBody, managedImageFromVmBody } from './image-body.ts'
import { madeTags, sourceOf, type ImagePlan, type ImageBuild } from './image-build.ts'
import { originOf } from '../../rules/run-tags.ts'
import { imageDisks, sourceSteps, stepsWithoutSource } from '../source/index.ts'

export function planManagedImage(build: ImageBuild, { imageId }: Extract<PublishTo, { kind: 'managed' }>): ImagePlan {
  const { situation } = build
  const { managedImage } = situation.observed
  const image = { kind: 'managed' as const, imageId, imageName: nameOf(imageId) }
  if (managedImage !== undefined && managedImage.provisioningState !== 'Failed') {
    const from = originOf(managedImage.tags)
    const ready = managedImage.provisioningState === 'Succeeded'
    const step: Step = {
      id: 'managed-image',
      kind: 'await-managed-image',
      after: [],
      title: `wait for managed image ${nameOf(imageId)}`,
      reason: `is ${managedImage.provisioningState}; ${from} began it`,
      imageId
    }
    const left = stepsWithoutSource(build)
    const planned = {
      ...image,
      decision: 'keep' as const,
      reason: `${from} made it from the same inputs`,
      snapshotIds: []
    }
    return {
      image: planned,
      steps: [...left.steps, ...(ready ? [] : [step])],
      undo: left.undo,
      finishing: () => ({ steps: [], undo: [] }),
      facts: []
    }
  }
  const source = sourceOf(build)
  const straight = source.generalized && situation.spec.image?.dataDisks === 'all'
  const { steps, ready, undo } = straight ? { steps: [], ready: [], undo: [] } : sourceSteps(build)
  const body = straight
    ? managedImageFromVmBody(source, madeTags(build, 'complete'))
    : managedImageBody(source, imageDisks(situation), madeTags(build, 'complete'))
  const create: Step = {
    id: 'managed-image',
    kind: 'create-managed-image',
    after: ready,
    title: `create managed image ${nameOf(imageId)}`,
    reason: straight
      ? 'straight from the VM, which Azure knows as generalized'
      : 'from the snapshots, which stay as long as it does',
    imageId,
    body
  }
  const snapshotIds = straight ? [] : imageDisks(situation).map(({ snapshotId }) => snapshotId)
  return {
    image: { ...image, decision: 'create', reason: 'there is none yet', snapshotIds },
    steps: [...steps, create],
    undo,
    finishing: () => ({ steps: [], undo: [] }),
    facts: []
  }
}
