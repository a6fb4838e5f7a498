// Finding and making elements, without a framework.

export function find<E extends Element>(selector: string, kind: new () => E, within: ParentNode = document): E | null {
  const found = within.querySelector(selector)
  return found instanceof kind ? found : null
}

export function all<E extends Element>(selector: string, kind: new () => E, within: ParentNode = document): E[] {
  return Array.from(within.querySelectorAll(selector)).filter((one): one is E => one instanceof kind)
}

export function made<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  if (className !== '') element.className = className
  element.append(...children)
  return element
}

/** A drawing as one picture with a name: what is in it is told in tables. */
export function asPicture<E extends Element>(drawing: E): E {
  drawing.setAttribute('role', 'img')
  for (const part of all('[aria-label]', Element, drawing)) part.removeAttribute('aria-label')
  return drawing
}
