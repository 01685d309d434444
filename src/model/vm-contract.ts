/** `virtualMachineConfiguration` of a pool, by how Batch gives it back, and what the rest of a pool shares with it. */
import { isJsonObject, type Json } from './json.ts'
import { by, caseless, choice, count, flag, hidden, json, list, object, oneOf, or, secretive, text } from './shape.ts'

export const identityReference = object({ resourceId: caseless })
const encryptionSet = object({ id: caseless })
const caching = choice('None', 'ReadOnly', 'ReadWrite')
const storageAccountType = choice('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS')

const managedDisk = object({
  storageAccountType,
  securityProfile: object({
    securityEncryptionType: choice('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState'),
    diskEncryptionSet: encryptionSet
  }),
  diskEncryptionSet: encryptionSet
})

/** Of containers; an identity can stand for user name and password. */
export const registry = object(
  {
    username: secretive,
    password: hidden,
    registryServer: or(caseless, 'docker.io'),
    identityReference
  },
  {
    drops: oneOf(['username', 'password'], ['identityReference']),
    needs: ({ username, identityReference: identity }) => ({
      names: username !== undefined && identity === undefined ? ['password'] : [],
      must: true
    })
  }
)

const vmExtension = object(
  {
    name: text,
    publisher: caseless,
    type: caseless,
    typeHandlerVersion: text,
    autoUpgradeMinorVersion: flag,
    enableAutomaticUpgrade: flag,
    settings: json,
    protectedSettings: hidden,
    provisionAfterExtensions: list(text)
  },
  // Who writes the extension and no protected settings says that it has none.
  { needs: (_, isCarried) => ({ names: ['protectedSettings'], must: isCarried }) }
)

const hostEndpoint = object({ mode: choice('Audit', 'Enforce'), inVMAccessControlProfileReferenceId: caseless })

export const virtualMachineConfiguration = object({
  imageReference: object(
    { id: caseless },
    {
      drops: oneOf(
        ['id'],
        ['publisher', 'offer', 'sku', 'version', 'exactVersion'],
        ['sharedGalleryImageId'],
        ['communityGalleryImageId']
      )
    }
  ),
  nodeAgentSkuId: caseless,
  windowsConfiguration: object({ enableAutomaticUpdates: or(flag, true) }),
  dataDisks: list(
    object({ lun: count, caching: or(caching, 'None'), diskSizeGB: count, managedDisk, storageAccountType }),
    { key: by('lun') }
  ),
  licenseType: caseless,
  containerConfiguration: object({
    type: choice('DockerCompatible', 'CriCompatible'),
    containerImageNames: list(text),
    containerRegistries: list(registry, { key: serverOf })
  }),
  diskEncryptionConfiguration: object({
    targets: list(choice('OsDisk', 'TemporaryDisk')),
    customerManagedKey: object({ keyUrl: caseless, rotationToLatestKeyVersionEnabled: flag, identityReference })
  }),
  nodePlacementConfiguration: object({ policy: or(choice('Regional', 'Zonal'), 'Regional') }),
  extensions: list(vmExtension, { key: by('name') }),
  osDisk: object({
    ephemeralOSDiskSettings: object({ placement: choice('CacheDisk') }),
    caching,
    managedDisk,
    diskSizeGB: count,
    writeAcceleratorEnabled: flag
  }),
  securityProfile: object({
    securityType: choice('trustedLaunch', 'confidentialVM'),
    encryptionAtHost: flag,
    uefiSettings: object({ secureBootEnabled: flag, vTpmEnabled: flag }),
    proxyAgentSettings: object({ enabled: flag, imds: hostEndpoint, wireServer: hostEndpoint })
  }),
  serviceArtifactReference: object({ id: caseless })
})

function serverOf(item: Json): string {
  const server = isJsonObject(item) ? item.registryServer : undefined
  return typeof server === 'string' && server !== '' ? server.toLowerCase() : 'docker.io'
}
