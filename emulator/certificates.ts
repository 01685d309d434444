import { generate } from 'selfsigned'

export type Certificates = { key: string; cert: string; ca: string }

/** A CA made now, and a certificate of it for localhost and 127.0.0.1; PEM. */
export async function makeCertificates(): Promise<Certificates> {
  const settings = {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 60_000)
  } as const
  const root = await generate([{ name: 'commonName', value: 'Embedded Azure CA' }], {
    ...settings,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
    ]
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...settings,
    ca: { key: root.private, cert: root.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' }
        ]
      }
    ]
  })
  return { key: leaf.private, cert: leaf.cert, ca: root.cert }
}
