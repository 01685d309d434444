/** Differences from recordings that are known, and why they stay; FIDELITY.md says the same where it concerns a user. */
import type { Found } from './fidelity.ts'

type Explanation = {
  op: RegExp
  about: RegExp
  /** Of these recordings only. */
  recording?: RegExp
  /** No recording shows it after this day: Azure answered so once. */
  until?: string
  why: string
}

export const EXPLAINED: readonly Explanation[] = [
  {
    op: /^compute:vm\./,
    about: /./,
    recording: /test_vm_capture_zone_resilient_image\.2018$/,
    until: '2018-12-31',
    why: 'an outage of 2018: 503 with an empty body, gone when the call was repeated'
  },
  {
    op: /^dp:other\.jobs$/,
    about: /^body \.value\.(?:isDirectory|properties)$/,
    recording: /test_batch_files$/,
    until: '2024-02-29',
    why: 'a task had a directory `certs` until Batch’s certificates were retired; its stdout.txt had just been deleted'
  },
  {
    op: /^armbatch:account\.get$/,
    about: /^etag$/,
    until: '2017-01-31',
    why: 'without quotation marks until 2017'
  },
  {
    op: /^armbatch:location\.quotas$/,
    about: /accountQuota$/,
    why: 'each subscription has a quota of its own; here it is 3'
  },
  {
    op: /^armbatch:pool\./,
    about: /displayName$/,
    until: '2019-12-31',
    why: 'shown since 2020, whatever the version'
  },
  {
    op: /^armbatch:pool\./,
    about: /jobDefaultOrder$/,
    until: '2022-12-31',
    why: 'since 2025-06-01; the recordings are of older versions'
  },
  {
    op: /^armbatch:pool\./,
    about: /nodeDeallocationOption$/,
    until: '2017-12-31',
    why: 'a number in 2017, a word since'
  },
  {
    op: /^(?:armbatch|dp):pool\./,
    about: /(?:maxTasksPerNode|taskSlotsPerNode)$/,
    until: '2020-12-31',
    why: 'renamed in 2021-01-01 and 2020-09-01.12.0'
  },
  {
    op: /^armbatch:pool\.stopresize$/,
    about: /resizeOperationStatus$/,
    why: 'the recording has no look at the pool after its last resize: the world begins without that'
  },
  {
    op: /^armbatch:pool\.disableautoscale$/,
    about: /currentDedicatedNodes$|targetDedicatedNodes$/,
    recording: /test_mgmt_batch_pools$/,
    why: 'the node came in the five minutes in which nobody looked: the world begins without it'
  },
  {
    op: /^compute:(?:disk|snapshot)\.get$/,
    about: /^body \.error\.code$|^x-ms-failure-cause$/,
    why: "it had just been deleted: the provider's own 404. Seeded worlds have no past; on own state it is answered so"
  },
  {
    op: /^compute:gallery\.createOrUpdate$/,
    about: /provisioningState$/,
    until: '2019-12-31',
    why: 'some updates of 2019 were done at once; those since show Updating'
  },
  {
    op: /^compute:gallery\.createOrUpdate:poll$/,
    about: /^body \.status$/,
    recording: /canCreateUpdateGetDeleteGalleryImageVersion$/,
    until: '2018-12-31',
    why: 'a gallery of 2018 took a moment; the median since 2022 is 0 s'
  },
  {
    op: /^compute:galleryImage\.createOrUpdate$/,
    about: /architecture$/,
    until: '2020-12-31',
    why: 'shown since 2021'
  },
  {
    op: /^compute:galleryImageVersion\.createOrUpdate$/,
    about: /./,
    recording: /test_gallery_soft_delete$/,
    why: 'a PUT without properties gave a deleted version back: soft delete is not emulated'
  },
  {
    op: /^compute:galleryImageVersion\.get$/,
    about: /(?:osDiskImage|dataDiskImages)\.sizeInGB$/,
    recording: /test_gallery_(?:scenario|image_version_vhd)$/,
    why: 'the recording never shows the disk or blob that the version was made of'
  },
  {
    op: /^compute:galleryImageVersion\.update$/,
    about: /allowDeletionOfReplicatedLocations$/,
    until: '2022-12-31',
    why: 'versions that an api-version of 2022-01-03 made have none'
  },
  {
    op: /^compute:galleryImageVersion\./,
    about: /^retry-after$/,
    until: '2022-12-31',
    why: 'one file of 2022 has 60 s, none before or after'
  },
  {
    op: /^compute:image\.createOrUpdate$/,
    about: /./,
    recording: /ImageTests\.TestImageOperations$/,
    until: '2017-12-31',
    why: 'in 2017 images had no generation, and none was asked for'
  },
  {
    op: /^compute:image\.list$/,
    about: /value\.id$/,
    until: '2021-12-31',
    why: 'in capitals in 2019 and since 2024, not in 2017 and 2021'
  },
  {
    op: /^compute:snapshot\.createOrUpdate$/,
    about: /^body \.(?:id|name|type|properties\.(?:creationData\.sourceUniqueId|isArmResource|osType))$/,
    until: '2022-12-31',
    why: 'first answers had neither id nor name until 2022, and more of the rest'
  },
  {
    op: /^compute:snapshot\./,
    about: /\.(?:diskSizeBytes|encryption|incremental|networkAccessPolicy|publicNetworkAccess|uniqueId)$/,
    recording: /Snapshot_CRUD_EmptyDisk$/,
    until: '2017-12-31',
    why: 'unknown to Azure in 2017'
  },
  {
    op: /^compute:snapshot\.createOrUpdate:poll$/,
    about: /completionPercent$/,
    why: "the operation's output doesn't have it yet for a CopyStart; the GET a second later does"
  },
  {
    op: /^compute:snapshot\.update$/,
    about: /colocationConstraints$/,
    until: '2022-12-31',
    why: 'an empty object in one file of 2022'
  },
  {
    op: /^dp:pool\.(?:get|list)$/,
    about: /currentNodeCommunicationMode$/,
    until: '2022-09-30',
    why: 'since 2022-10-01.16.0; the recordings are of older versions'
  },
  {
    op: /^dp:(?:node|pool)\./,
    about: /certificateReferences$/,
    until: '2022-12-31',
    why: 'an empty list in some answers of one version and not in others; certificates themselves are gone'
  },
  {
    op: /^dp:node\.(?:list|get)$/,
    about: /endpointConfiguration$/,
    until: '2022-12-31',
    why: 'ways into nodes aren\u2019t emulated; new pools have none (recorded in 2025)'
  },
  {
    op: /^dp:node\.(?:list|get)$/,
    about: /virtualMachineInfo(?:\.imageReference\.exactVersion)?$/,
    until: '2022-12-31',
    why: 'shown from the beginning, and `latest` once more, in recordings of 2025'
  },
  {
    op: /^dp:node\.files$/,
    about: /^body \.value/,
    why: "directories of tasks, and such as hold no file: a world gives a node's files only"
  },
  {
    op: /^dp:other\.(?:jobschedules|jobs)$/,
    about: /executionInfo\.poolId$/,
    why: 'a job of a schedule makes no pool of its own here: an autoPoolSpecification has no pool'
  },
  {
    op: /^dp:pool\.get$/,
    about: /allocationState$|currentDedicatedNodes$/,
    recording: /2020__test_batch\.test_batch_network_configuration$/,
    why: 'it took longer to find a node than the median here; how long things take is not compared'
  },
  {
    op: /^dp:node\.reimage$/,
    about: /^(?:status|dataserviceid|content-type|body)$/,
    recording: /-node__batchservice-tests$/,
    why: 'a pool of cloud services, whose nodes were reimaged while those of virtual machines weren’t; such pools are gone'
  },
  { op: /^dp:pool\.list$/, about: /applicationLicenses$/, until: '2020-12-31', why: 'licences aren\u2019t emulated' }
]

export function explanationOf({ op, about, recording, recordedAt }: Found): Explanation | undefined {
  return EXPLAINED.find(
    one =>
      one.op.test(op) &&
      one.about.test(about) &&
      (one.recording?.test(recording) ?? true) &&
      (one.until === undefined || recordedAt.slice(0, 10) <= one.until)
  )
}
