/** The commands of `az` that make Microsoft Entra ID trust a job of GitHub. */
import type { IdTokenFacts } from './jwt.ts'

/** What GitHub sent, and how it is registered; a line each, to be copied. */
export function registrationOf({ audience, issuer, otherForm, subject }: IdTokenFacts, clientId: string): string[] {
  const name = credentialName(subject)
  const parameters = JSON.stringify({ name, issuer, subject, audiences: [audience] })
  return [
    `GitHub sent the subject "${subject}", issuer "${issuer}", audience "${audience}"`,
    ...(otherForm === undefined
      ? []
      : [`a credential that was made for "${otherForm}" does not match it: ${whySo(subject)}`]),
    `on an application: az ad app federated-credential create --id ${clientId} --parameters ${quoted(parameters)}`,
    `on a managed identity: az identity federated-credential create --resource-group GROUP --identity-name IDENTITY --name ${name} --issuer ${quoted(issuer)} --subject ${quoted(subject)} --audiences ${quoted(audience)}`
  ]
}

/** GitHub's change of 2026-04-23: the repository's or organization's OIDC settings say which form is sent. */
function whySo(subject: string): string {
  return /^repo:[^/:]+@\d+\//.test(subject)
    ? 'this repository sends immutable subjects, with the numbers of owner and repository'
    : 'this repository sends subjects without the numbers of owner and repository (its OIDC settings can change that)'
}

/** Entra takes 3 to 120 letters, digits, `-` and `_`. */
function credentialName(subject: string): string {
  const words = subject.replaceAll(/@\d+/g, '').replaceAll(/[^A-Za-z0-9]+/g, '-')
  return `github-${words}`.slice(0, 120).replace(/-+$/, '')
}

/** One word of a POSIX shell: a branch may be named by anybody who can push. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
