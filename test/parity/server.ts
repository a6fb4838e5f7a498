// A scripted server on the loopback interface, for the parity tests: it does on real sockets what routes and faults say, and
// owes nothing to the code under test.

import { once } from 'node:events'
import net from 'node:net'
import { faults, json, routes } from './ground.ts'

/** A server that does on real sockets what routes and faults say. */
function startServer(): net.Server {
  return net.createServer((socket) => {
    socket.on('error', () => {})
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString()
      const [head, ...rest] = received.split('\r\n\r\n')
      const lines = (head ?? '').split('\r\n')
      const headers = Object.fromEntries(
        lines.slice(1).map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ').slice(1).join(': ')]),
      )
      const raw = rest.join('\r\n\r\n')
      const chunked = headers['transfer-encoding'] === 'chunked'
      if (
        rest.length === 0 ||
        (chunked ? !raw.endsWith('0\r\n\r\n') : raw.length < Number(headers['content-length'] ?? 0))
      )
        return
      received = ''
      const body = chunked
        ? raw
            .split('\r\n')
            .filter((_line, index) => index % 2 === 1)
            .join('')
        : raw
      const [method = '', path = ''] = (lines[0] ?? '').split(' ')
      answer(socket, method, path, headers, body)
    })
  })
}

function answer(socket: net.Socket, method: string, path: string, headers: Record<string, string>, body: string): void {
  const url = new URL(path, `http://${headers['host']}`)
  const fault = faults[url.pathname]
  if (fault?.kind === 'hang' && fault.phase === 'headers') return
  if (fault?.kind === 'abort' && fault.phase === 'headers') {
    if (fault.code === 'HPE_INVALID_CONSTANT') socket.end('SSH-2.0-OpenSSH_9.6\r\n')
    else if (fault.code === 'ECONNRESET') socket.resetAndDestroy()
    else socket.end()
    return
  }
  const reply = {
    status: 200,
    headers: [json],
    body: '{"entity":1}',
    ...routes[url.pathname]?.({ method, url, headers, body }, 0),
  }
  const whole = Buffer.byteLength(reply.body ?? '')
  const length = fault?.kind === 'rewrite' ? 8 : whole
  const lines = [
    `HTTP/1.1 ${reply.status} ${statusTexts[reply.status]}`,
    ...reply.headers.map((pair) => pair.join(': ')),
    ...(reply.body === null ? [] : [`content-length: ${length}`]),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  if (!fault || fault.kind === 'rewrite') {
    socket.write(method === 'HEAD' ? '' : (reply.body ?? ''))
    return
  }
  if (fault.kind === 'drip') {
    for (const part of [1, 2, 3])
      setTimeout(
        () => socket.write((reply.body ?? '').slice(((part - 1) * length) / 3, (part * length) / 3)),
        part * 100,
      )
    return
  }
  socket.write((reply.body ?? '').slice(0, length / 2))
  if (fault.kind !== 'abort') return
  setTimeout(() => (fault.code === 'ECONNRESET' ? socket.resetAndDestroy() : socket.destroy()), 20)
}

const statusTexts: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  418: "I'm a Teapot",
  503: 'Service Unavailable',
}

const servers: net.Server[] = []

/** Its address. */
export async function startScripted(): Promise<string> {
  const server = startServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
}

export async function unusedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

export function stopScripted(): void {
  for (const server of servers.splice(0)) server.close()
}
