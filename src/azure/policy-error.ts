/** Which policies an error names: in `additionalInfo`, or (older) as JSON in its message. */
import type { Json } from '../model/json.ts'
import type { CodeAndMessage } from '../model/relayed-error.ts'
import { at, listAt, textAt } from './read/json.ts'

/** As details of the error, so that they are said wherever it is. */
export function policiesOf(error: Json): CodeAndMessage[] {
  const infos = listAt(error, 'additionalInfo').filter(info => textAt(info, 'type') === 'PolicyViolation')
  const told = infos.length > 0 ? infos.map(info => violation(at(info, 'info'))) : identifiers(textAt(error, 'message'))
  const names = told.flatMap(({ assignment, definition }) => [
    ...(assignment === undefined ? [] : [{ code: 'policy assignment', message: assignment }]),
    ...(definition === undefined ? [] : [{ code: 'policy definition', message: definition }])
  ])
  return names.filter((one, index) => names.findIndex(({ message }) => message === one.message) === index)
}

type Violation = { assignment: string | undefined; definition: string | undefined }

const violation = (info: Json | undefined): Violation => ({
  assignment: named(textAt(info, 'policyAssignmentDisplayName'), textAt(info, 'policyAssignmentName')),
  definition: named(textAt(info, 'policyDefinitionDisplayName'), textAt(info, 'policyDefinitionName'))
})

/** A display name is what people know, the name what they can look up. */
function named(displayName: string | undefined, name: string | undefined): string | undefined {
  if (displayName === undefined || displayName === '') return name
  return name === undefined || name === displayName ? displayName : `${displayName} (${name})`
}

function identifiers(message = ''): Violation[] {
  const [, json] = /Policy identifiers: '(\[.*\])'/s.exec(message) ?? []
  if (json === undefined) return []
  try {
    const listed = JSON.parse(json) as Json
    return (Array.isArray(listed) ? listed : []).map(one => ({
      assignment: textAt(one, 'policyAssignment.name'),
      definition: textAt(one, 'policyDefinition.name')
    }))
  } catch {
    return []
  }
}
