// What takes long and is needed once, before any process of a run: the image of a client that is a container.

import { containerEngine } from '#container/engine.ts'
import { buildImage, findImage } from '#container/image.ts'
import type { ClientLocation } from '../resolve-client.ts'

/** The same client, with its image found, pulled or built. Throws UserError. */
export async function prepareClient<L extends ClientLocation>(location: L): Promise<L> {
  if (!('container' in location)) return location
  const { image } = location.container
  const docker = await containerEngine()
  const id = typeof image === 'string' ? await findImage(docker, image) : await buildImage(docker, image)
  return { ...location, container: { ...location.container, image: id } }
}
