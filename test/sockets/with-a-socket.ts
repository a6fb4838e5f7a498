// Speaks HTTP itself, over a socket that no virtual time can serve.

import { connect } from 'node:net'
import { deskOver } from './desk.ts'

export const client = deskOver('with-a-socket', (address, { method, headers, body = '' }) => {
  const url = new URL(address)
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) })
  const head = [`${method} ${url.pathname} HTTP/1.1`, `host: ${url.host}`, 'connection: close']
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(url.port || 443), url.hostname)
    socket.on('error', reject)
    socket.on('data', (chunk) => (received += String(chunk)))
    socket.on('close', () => {
      const [top = '', ...rest] = received.split('\r\n\r\n')
      // A body that comes in chunks comes in one here.
      const isChunked = /^transfer-encoding: chunked$/imu.test(top)
      const text = isChunked ? (rest.join('').split('\r\n')[1] ?? '') : rest.join('\r\n\r\n')
      resolve({ status: Number(top.split(' ')[1]), text })
    })
    socket.write(`${[...head, ...lines.map((pair) => pair.join(': '))].join('\r\n')}\r\n\r\n${body}`)
  })
})
