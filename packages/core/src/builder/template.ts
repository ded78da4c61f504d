const NAMESPACES = ['inputData', 'initData', 'state', 'requestContext', 'stepResults'] as const

export type TemplateNamespace = (typeof NAMESPACES)[number]

export interface Placeholder {
  readonly namespace: TemplateNamespace
  /** What stands between the braces, for messages. */
  readonly path: string
  /** Behind the namespace. */
  readonly parts: readonly string[]
}

export type TemplatePart = string | Placeholder

export interface TemplateFault {
  readonly fault: string
}

function isNamespace(name: string): name is TemplateNamespace {
  return NAMESPACES.some((namespace) => namespace === name)
}

function placeholder(path: string): Placeholder | TemplateFault {
  if (/\s/.test(path)) return { fault: `"\${${path}}" has white space inside its braces` }
  const [namespace = '', ...parts] = path.split('.')
  if (!isNamespace(namespace)) {
    return { fault: `"\${${path}}" begins with none of ${NAMESPACES.join(', ')}` }
  }
  if (parts.includes('')) return { fault: `"\${${path}}" has an empty part in its path` }
  if (namespace === 'stepResults' && parts.length === 0) return { fault: `"\${${path}}" names no step` }
  return { namespace, path, parts }
}

/** Texts and placeholders of a template in their order. A `$` that opens no braces stands for itself. */
export function parseTemplate(template: string): readonly TemplatePart[] | TemplateFault {
  const parts: TemplatePart[] = []
  let end = 0
  for (let start = template.indexOf('${'); start !== -1; start = template.indexOf('${', end)) {
    const close = template.indexOf('}', start)
    if (close === -1) break
    const parsed = placeholder(template.slice(start + 2, close))
    if ('fault' in parsed) return parsed
    parts.push(template.slice(end, start), parsed)
    end = close + 1
  }
  parts.push(template.slice(end))
  return parts
}
