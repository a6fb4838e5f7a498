// A real browser for tests, where there is one: Debian's chromium, driven over its own protocol. Nothing is downloaded.

import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const browserPath = [process.env['BROWNOUT_CHROMIUM'], ...places].find((path) => path && existsSync(path))

export const noBrowser = `There is no browser at ${places.join(', ')}: install chromium, or name one in BROWNOUT_CHROMIUM.`

/** It is to talk to nobody, not even to its maker. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(browserPath !== undefined && { executablePath: browserPath }), args: quiet })
}
