/** Worker thread that holds Microsoft's OpenAPI files in memory: `oav` is loaded by Node itself, not by the test runner. */
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

export type Pair = {
  liveRequest: { method: string; url: string; headers: Record<string, string>; body?: unknown }
  liveResponse: { statusCode: string; headers: Record<string, string>; body?: unknown }
}
export type Asked = { id: number; pairs: { api: string; pair: Pair }[] }
export type Issue = { code: string; message: string; pathsInPayload: string[]; params?: unknown[] }
/** `operationId` is undefined where the files have no such operation. */
export type Judged = { operationId: string | undefined; request: Issue[]; response: Issue[] }
export type Told = { id: number; judged: Judged[] }
/** Files of an API, and whether it is one of Resource Manager's. */
export type Api = { files: string[]; isArmCall: boolean }

type Side = { operationInfo: { operationId: string }; errors: Issue[]; runtimeException?: unknown }
type Validator = {
  initialize(): Promise<void>
  validateLiveRequestResponse(pair: Pair): Promise<{ requestValidationResult: Side; responseValidationResult: Side }>
}
type Oav = { LiveValidator: new (options: object, log: () => void) => Validator }

const { directory, apis } = workerData as { directory: string; apis: Record<string, Api> }
const { LiveValidator } = createRequire(import.meta.url)('oav/dist/lib/liveValidation/liveValidator.js') as Oav
const validators = new Map<string, Promise<Validator>>()

parentPort?.on('message', ({ id, pairs }: Asked) => {
  void Promise.all(pairs.map(({ api, pair }) => judge(api, pair))).then(judged =>
    parentPort?.postMessage({ id, judged })
  )
})

async function judge(api: string, pair: Pair): Promise<Judged> {
  const validator = await (validators.get(api) ?? load(api))
  const { requestValidationResult: request, responseValidationResult: response } =
    await validator.validateLiveRequestResponse(pair)
  const failed = request.runtimeException ?? response.runtimeException
  if (failed === undefined) {
    return { operationId: request.operationInfo.operationId, request: request.errors, response: response.errors }
  }
  const issue = { code: 'NOT_VALIDATED', message: JSON.stringify(failed), pathsInPayload: [] }
  return { operationId: undefined, request: [issue], response: [] }
}

function load(api: string): Promise<Validator> {
  const { files, isArmCall } = apis[api] ?? { files: [], isArmCall: false }
  const validator = new LiveValidator(
    {
      directory,
      isArmCall,
      swaggerPaths: files,
      git: { shouldClone: false },
      loadValidatorInBackground: false,
      loadValidatorInInitialize: false
    },
    () => undefined
  )
  const loaded = validator.initialize().then(() => validator)
  validators.set(api, loaded)
  return loaded
}
