// Who vouches for the listeners when they speak HTTPS: a certificate authority that is made for one command and forgotten with it,
// and what they can show: a certificate that it signed, and others that no client may accept. Its own key is used here and nowhere else;
// keys are never written to a file.

import { webcrypto } from 'node:crypto'

/** A certificate and its key, as PEM. */
export type Identity = { readonly cert: string; readonly key: string }

/** What is wrong with a certificate: it is too old, for somebody else, or signed by nobody who is known. */
export type Flaw = 'expired' | 'other-name' | 'unknown-authority'

export type Authority = {
  /** Its certificate as PEM: who trusts it trusts the listeners. */
  readonly ca: string
  readonly sound: Identity
  readonly flawed: Readonly<Record<Flaw, Identity>>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000
const ownName = 'CN=Brownout, authority of one run'
const strangerName = 'CN=Nobody, unknown authority'

type Library = typeof import('@peculiar/x509')
type Signer = { readonly name: string; readonly keys: CryptoKeyPair }
type Names = readonly { readonly type: 'ip' | 'dns'; readonly value: string }[]
type Days = { readonly from: number; readonly until: number }

const here: Names = [
  { type: 'ip', value: '127.0.0.1' },
  { type: 'dns', value: 'localhost' },
  // Where containers find this machine, under a name of their run.
  { type: 'dns', value: '*.brownout.internal' },
]
const elsewhere: Names = [{ type: 'dns', value: 'somebody-else.example' }]
const thisWeek: Days = { from: -1, until: 7 }
const lastWeek: Days = { from: -8, until: -1 }

/** Takes some tens of milliseconds, and a third of a second for the library. */
export async function createAuthority(): Promise<Authority> {
  // Where the library finds its own parts; it must come first.
  await import('reflect-metadata')
  const library = await import('@peculiar/x509')
  const [own, stranger, listener] = [await newKeys(), await newKeys(), await newKeys()]
  const key = await keyText(listener)
  const issue = async (by: Signer, names: Names, days: Days): Promise<Identity> => {
    return { cert: await signed(library, by, listener, names, days), key }
  }
  const known = { name: ownName, keys: own }
  return {
    ca: await selfSigned(library, known),
    sound: await issue(known, here, thisWeek),
    flawed: {
      expired: await issue(known, here, lastWeek),
      'other-name': await issue(known, elsewhere, thisWeek),
      'unknown-authority': await issue({ name: strangerName, keys: stranger }, here, thisWeek),
    },
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

async function keyText({ privateKey }: CryptoKeyPair): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))
  return `-----BEGIN PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END PRIVATE KEY-----\n`
}

function dates({ from, until }: Days): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Date.now() + from * dayMs), notAfter: new Date(Date.now() + until * dayMs) }
}

async function selfSigned(library: Library, { name, keys }: Signer): Promise<string> {
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectKeyIdentifierExtension } = library
  const certificate = await library.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    ...dates(thisWeek),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return `${certificate.toString('pem')}\n`
}

/** With all that strict verifiers ask for, such as Python's since 3.13: whose key signed it, and what it may be used for. */
async function signed(
  library: Library,
  by: Signer,
  { publicKey }: CryptoKeyPair,
  names: Names,
  days: Days,
): Promise<string> {
  const certificate = await library.X509CertificateGenerator.create({
    subject: 'CN=Brownout, simulated services',
    issuer: by.name,
    publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: algorithm,
    ...dates(days),
    extensions: [
      new library.BasicConstraintsExtension(false, undefined, true),
      new library.KeyUsagesExtension(library.KeyUsageFlags.digitalSignature, true),
      new library.ExtendedKeyUsageExtension([library.ExtendedKeyUsage.serverAuth]),
      new library.SubjectAlternativeNameExtension([...names]),
      await library.AuthorityKeyIdentifierExtension.create(by.keys.publicKey),
      await library.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  })
  return `${certificate.toString('pem')}\n`
}
