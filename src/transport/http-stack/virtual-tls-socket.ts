// The same with the face of TLS: connected means that both sides trust each other. There is no certificate, and nobody checks
// one; what a client can ask of a TLS socket is answered as a modern server would have it.

import { VirtualSocket, type Line, type Peer } from './virtual-socket.ts'

export class VirtualTlsSocket extends VirtualSocket {
  readonly encrypted = true
  authorized = false
  authorizationError: Error | null = null
  secureConnecting = true
  alpnProtocol: string | false = false
  readonly servername: string
  readonly #asksForProtocol: boolean

  constructor(peer: Peer, line: Line, alpn: unknown) {
    super(peer, line)
    this.servername = peer.host
    this.#asksForProtocol = Array.isArray(alpn) && alpn.includes('http/1.1')
  }

  override established(): void {
    if (this.destroyed || !this.connecting) return
    super.established()
    if (this.destroyed) return
    this.secureConnecting = false
    this.authorized = true
    if (this.#asksForProtocol) this.alpnProtocol = 'http/1.1'
    this.emit('secure')
    this.emit('secureConnect')
  }

  getPeerCertificate(): object {
    return {
      subject: { CN: this.servername },
      issuer: { CN: 'Brownout', O: 'Brownout' },
      subjectaltname: `DNS:${this.servername}`,
      ca: false,
      valid_from: 'Jan  1 00:00:00 2020 GMT',
      valid_to: 'Dec 31 23:59:59 2049 GMT',
      serialNumber: '01',
    }
  }

  getProtocol(): string {
    return 'TLSv1.3'
  }

  getCipher(): object {
    return { name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' }
  }

  getCertificate(): object {
    return {}
  }

  getEphemeralKeyInfo(): object {
    return {}
  }

  getSession(): undefined {
    return undefined
  }

  getTLSTicket(): undefined {
    return undefined
  }

  getFinished(): undefined {
    return undefined
  }

  getPeerFinished(): undefined {
    return undefined
  }

  getSharedSigalgs(): string[] {
    return []
  }

  isSessionReused(): boolean {
    return false
  }

  setServername(): void {}

  setMaxSendFragment(): boolean {
    return true
  }

  disableRenegotiation(): void {}

  enableTrace(): void {}
}
