/** A secret of a pool spec, and what Azure may tell of it and of others. */

export const FARM_KEY = 'canary of the farm "==" <b>&c_ & 1st line\n2nd line of the canary'
const ACCOUNT_KEY = `${'canary/Account+Key0'.repeat(5).slice(0, 86)}==`
const SAS = 'https://farm.blob.core.windows.net/x?sv=2024-11-04&sr=b&sig=canarySas%2BSignature%3D&se=2026'
const SIGNED =
  'https://management.azure.com/op/1?api-version=2026-03-02&t=1&c=canaryCertificate&s=canary-Signature_&h=canaryHash'

const inLowerCase = (text: string): string => text.replaceAll(/%../g, code => code.toLowerCase())

/** As services echo what they were sent. */
const ECHOES = [
  JSON.stringify(JSON.stringify({ value: FARM_KEY })),
  FARM_KEY.replaceAll('"', '\\u0022').replaceAll('<', '\\u003C').replaceAll('\n', '\\n'),
  inLowerCase(encodeURIComponent(FARM_KEY)),
  new URLSearchParams({ value: FARM_KEY }).toString(),
  FARM_KEY.replaceAll('&', '&amp;').replaceAll('"', '&#x22;').replaceAll('<', '&lt;'),
  `${FARM_KEY.slice(0, 25)}... is too long`
]

export const TOLD_BY_AZURE = [
  `the value '${FARM_KEY}' is refused`,
  `see ${SAS} and ${SIGNED}`,
  `DefaultEndpointsProtocol=https;AccountName=farm;AccountKey=${ACCOUNT_KEY};EndpointSuffix=core.windows.net`,
  `key ${ACCOUNT_KEY}`,
  'sig=begins*canaryAfterStar',
  `see ${decodeURIComponent(SAS)}`,
  ...ECHOES
].join(' ')

/** What of each canary must be nowhere; of one that may be cut, its beginning. */
export const CANARIES = [
  'canary of the',
  '2nd line of the canary',
  ACCOUNT_KEY.slice(0, 20),
  'canarySas',
  'canaryCertificate',
  'canary-Signature_',
  'canaryHash',
  'canaryAfterStar'
]

/** A text, and the same without what escaping does to it. */
export function decoded(all: string): string {
  const plain = all
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  return `${all}\n${plain}\n${plain.replaceAll(/[\s+]+/g, ' ')}`
}
