import { find } from '../kernel/resources.ts'
import type { Answer, Call, Operation } from '../kernel/types.ts'
import { ACCOUNT_PATH, armAccount, BATCH_API_VERSIONS } from './arm-scope.ts'
import { answering, refuse } from './batch-errors.ts'
import { textOf } from './json.ts'
import { httpDate } from './time.ts'

const row = { host: 'resource-manager', method: 'GET', apiVersions: [...BATCH_API_VERSIONS, '2024-02-01'] } as const

/** Applications and their packages, as a world file has them: nothing here uploads any. */
export const armApplicationOperations: Operation[] = [
  {
    ...row,
    id: 'Application_Get',
    path: `${ACCOUNT_PATH}/applications/{applicationName}`,
    handle: answering(call => shown(call, applicationIdOf(call)))
  },
  {
    ...row,
    id: 'ApplicationPackage_Get',
    path: `${ACCOUNT_PATH}/applications/{applicationName}/versions/{versionName}`,
    handle: answering(call => {
      shown(call, applicationIdOf(call))
      return shown(call, `${applicationIdOf(call)}/versions/${call.params['versionName'] ?? ''}`)
    })
  }
]

const applicationIdOf = (call: Call): string =>
  `${armAccount(call).id}/applications/${call.params['applicationName'] ?? ''}`

/** Throws the 404 of the provider. */
function shown(call: Call, id: string): Answer {
  const record = find(call.world, id, call.now)
  if (record !== undefined) {
    const headers = { etag: textOf(record.body['etag']) ?? '', 'last-modified': httpDate(record.createdAt) }
    // Neither has a location (recorded).
    const { location: _location, ...body } = record.body
    return { status: 200, headers, body }
  }
  const what = /\/versions\/[^/]+$/.test(id) ? 'application package' : 'application'
  const code = what === 'application' ? 'ApplicationNotFound' : 'ApplicationPackageNotFound'
  return refuse(call, { status: 404, code, message: `The specified ${what} does not exist.` })
}
