import type { Call, Operation } from '../kernel/types.ts'
import { answering, refuse } from './batch-errors.ts'
import { textOf, objectOf } from './json.ts'
import { nodeFiles } from './node-files.ts'
import { nodeState } from './nodes.ts'
import { factsOf, nodesAt } from './pool-record.ts'
import { FILE_LIST_QUERY, fileHead, fileList, fileText, refuseUnasked, type Files } from './service-files.ts'
import { namedTask } from './service-jobs.ts'
import { servicePools, serviceRow } from './service-scope.ts'
import { nameOf } from '../kernel/resources.ts'

const FILES = '/jobs/{jobId}/tasks/{taskId}/files'
const file = { ...serviceRow, path: `${FILES}/{filePath}`, query: ['timeout'] }

/** Files of a task: those of its directory on the node where it ran last. */
export const serviceTaskFileOperations: Operation[] = [
  {
    ...{ ...serviceRow, id: 'File_ListFromTask', method: 'GET', path: FILES, query: FILE_LIST_QUERY },
    handle: answering(call => fileList(call, filesOf(call)))
  },
  { ...file, id: 'File_GetFromTask', method: 'GET', handle: answering(call => fileText(call, filesOf(call))) },
  {
    ...file,
    id: 'File_GetPropertiesFromTask',
    method: 'HEAD',
    handle: answering(call => fileHead(call, filesOf(call)))
  }
]

/** Throws the 409 of a task that has no directory (yet), and that of its node where that can't be asked. */
function filesOf(call: Call): Files {
  const task = namedTask(call)
  const { poolId, nodeId, taskRootDirectory } = objectOf(task['nodeInfo'])
  const pool = servicePools(call).find(({ id }) => nameOf(id) === poolId)
  const node = pool && nodesAt(factsOf(pool), call.now).find(({ id }) => id === nodeId)
  const root = textOf(taskRootDirectory)
  const message = 'The files of the specified task are unavailable.'
  if (pool === undefined || node === undefined || root === undefined)
    return refuse(call, { status: 409, code: 'TaskFilesUnavailable', message })
  const look = { world: call.world, pool, now: call.now }
  refuseUnasked(call, nodeState(look, node).state)
  const own = nodeFiles(look, node)
    .filter(({ path }) => path.startsWith(`${root}/`))
    .map(one => ({ ...one, path: one.path.slice(root.length + 1) }))
  return { pool, files: own, url: textOf(task['url']) + '/files' }
}
