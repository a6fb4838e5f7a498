// Where the files of this package are. Its code runs as it is written, from src, or compiled, from dist; both lie in the package itself
// and have the same folders, so that everything else is found from either in the same way.

/** Whether this is an installed package, or one that is built: Node strips no types below node_modules. */
export const isCompiled: boolean = import.meta.url.endsWith('.js')

/** A file or a folder by its path in the package; a folder's ends with a slash. */
export function ownFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url)
}

/** A module by its path without an extension, for whoever starts it in another process or gives it to a loader. */
export function ownModule(path: string): URL {
  return new URL(`../${path}.${isCompiled ? 'js' : 'ts'}`, import.meta.url)
}
