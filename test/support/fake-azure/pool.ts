/** How a pool answers what is written, as far as single steps need it; the embedded Azure knows the rest. */
import { isJsonObject, type JsonObject } from '../../../src/model/json.ts'
import type { Pool, Scale } from '../../../src/model/observed.ts'

/** As a GET shows it: scale and metadata are in the body too. */
export function shown(pool: Pool): Pool {
  const { scale, metadata, body } = pool
  const properties = isJsonObject(body.properties) ? body.properties : {}
  return { ...pool, body: { ...body, properties: { ...properties, scaleSettings: settingsOf(scale), metadata } } }
}

function settingsOf({ kind, ...rest }: Scale): JsonObject {
  return { [kind === 'auto' ? 'autoScale' : 'fixedScale']: rest }
}

/** With what a PATCH writes, under another ETag. */
export function patched(pool: Pool, { properties = {}, ...others }: JsonObject): Pool {
  const { scaleSettings, metadata, ...rest } = properties as JsonObject
  const present = isJsonObject(pool.body.properties) ? pool.body.properties : {}
  const imageId = imageIdIn({ ...present, ...rest })
  return shown({
    ...pool,
    etag: nextEtag(pool.etag),
    ...(metadata === undefined ? {} : { metadata: metadata as Pool['metadata'] }),
    ...(scaleSettings === undefined ? {} : { scale: scaleIn(scaleSettings as JsonObject) }),
    ...(imageId === undefined ? {} : { imageId }),
    body: { ...pool.body, ...others, properties: { ...present, ...rest } }
  })
}

export const nextEtag = (etag: string): string => `W/"${Number(/\d+/.exec(etag)?.[0] ?? 0) + 1}"`

function scaleIn({ fixedScale, autoScale }: JsonObject): Scale {
  if (isJsonObject(autoScale)) return { kind: 'auto', ...autoScale } as Scale
  const { targetDedicatedNodes = 0, targetLowPriorityNodes = 0, resizeTimeout } = fixedScale as JsonObject
  return {
    kind: 'fixed',
    targetDedicatedNodes: Number(targetDedicatedNodes),
    targetLowPriorityNodes: Number(targetLowPriorityNodes),
    ...(typeof resizeTimeout === 'string' ? { resizeTimeout } : {})
  }
}

type WithImage = { virtualMachineConfiguration?: { imageReference?: { id?: string } } }

function imageIdIn({ deploymentConfiguration }: JsonObject): string | undefined {
  return (deploymentConfiguration as WithImage | undefined)?.virtualMachineConfiguration?.imageReference?.id
}
