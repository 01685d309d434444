/** Changes that nobody can tell from what was there, each with the reason why: they count as neither caught nor alive. */
export type Equivalent = {
  file: string
  /** The line as it is, without blanks around it. */
  line: string
  /** What the change puts there. */
  replacement: string
  why: string
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'src/report/redact.ts',
    line: 'if (secret.trim().length < SHORTEST_SECRET || secrets.has(secret)) return',
    replacement: 'secret',
    why: 'a secret that is short but for its blanks is left out of what is searched all the same (`knownBy`)'
  },
  {
    file: 'src/report/redact.ts',
    line: 'if (!CUT.test(text)) return []',
    replacement: 'false',
    why: 'spares time only: without dots nothing is cut'
  },
  {
    file: 'src/report/redact.ts',
    line: 'if (!HINTS_AT_SHAPE.test(layer.text)) return []',
    replacement: 'false',
    why: 'spares time only: without a hint no shape matches'
  },
  {
    file: 'src/report/redact.ts',
    line: "return parts.length === 0 ? raw : parts.join('') + raw.slice(read)",
    replacement: 'false',
    why: 'without parts nothing was read: all of it is put together from no parts and the rest'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (read === 0) return undefined',
    replacement: 'false',
    why: 'a layer that is as the one before adds nothing'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'return pieces[low] ?? { at: 0, from: 0, to: 0, isCopy: true }',
    replacement: 'false',
    why: 'there is always a piece: an empty text has no index'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (/^(?:u.{4}|x..)$/.test(rest)) return String.fromCharCode(parseInt(rest.slice(1), 16))',
    replacement: '/(?:u.{4}|x..)$/',
    why: 'an escape is matched from its stroke on, so nothing stands before u or x'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: 'if (/^(?:u.{4}|x..)$/.test(rest)) return String.fromCharCode(parseInt(rest.slice(1), 16))',
    replacement: '/^(?:u.{4}|x..)/',
    why: 'an escape is matched to its end, so nothing stands behind its digits'
  },
  {
    file: 'src/report/decoded-text.ts',
    line: "return rest.length > 1 || /[ux]/.test(rest) ? '' : (CONTROLS[rest] ?? rest)",
    replacement: 'false',
    why: 'what is longer than one unit here begins with u or x'
  },
  {
    file: 'src/report/secret-search.ts',
    line: 'for (let at = 0; at < text.length; at++) {',
    replacement: 'at <= text.length',
    why: 'behind the last unit there are no dots, and no unit'
  },
  {
    file: 'src/azure/cloud.ts',
    line: 'this.isAway = status >= 500 || status === 429 || status === 408',
    replacement: 'false',
    why: 'of the three comparisons only that with 429 can go: who has too many requests is told so before it is asked who is away'
  },
  {
    file: 'src/azure/absence.ts',
    line: 'return times.length === 0 ? undefined : Math.max(...times)',
    replacement: 'false',
    why: 'the greatest of no times is before all time, and a doubt that began then is over'
  },
  {
    file: 'src/azure/connection.ts',
    line: '...(body === undefined ? {} : { body: JSON.stringify(body) })',
    replacement: 'false',
    why: 'what is undefined has no JSON, and a body that is undefined isn’t sent'
  },
  {
    file: 'src/azure/connection.ts',
    line: 'if (answer.status >= 200 && answer.status < 300) return answer',
    replacement: 'true',
    why: 'no answer ends with a status below 200'
  },
  {
    file: 'src/azure/sign-in/jwt.ts',
    line: 'if (owner === undefined || name === undefined || rest === undefined) return undefined',
    replacement: 'false',
    why: 'the expression matches with all three, or not at all'
  },
  {
    file: 'src/azure/sign-in/jwt.ts',
    line: '} catch {',
    replacement: '{}',
    why: 'a function that ends without a value returns undefined too'
  },
  {
    file: 'src/azure/sign-in/github-id-token.ts',
    line: '} catch {',
    replacement: '{}',
    why: 'a function that ends without a value returns undefined too'
  },
  {
    file: 'src/azure/policy-error.ts',
    line: 'return (Array.isArray(listed) ? listed : []).map(one => ({',
    replacement: '["Stryker was here"]',
    why: 'what is read stands in brackets: where it is JSON, it is a list'
  },
  {
    file: 'src/plan/plan-run.ts',
    line: 'if (gallery === undefined || definition === undefined || version === undefined) {',
    replacement: 'false',
    why: 'the expression matches with all three, or not at all'
  },
  {
    file: 'src/rules/pool-metadata.ts',
    line: 'const value = JSON.stringify({ ...scale, ...(imageId === undefined ? {} : { imageId }) })',
    replacement: 'false',
    why: 'JSON leaves out what is undefined'
  },
  {
    file: 'src/plan/checks/named-rules.ts',
    line: '`${aboutPackage({ id, looked, ...(version === undefined ? {} : { version }) })} is of account "${nameOf(parentId(id))}"; a pool takes packages of its own account only`,',
    replacement: 'false',
    why: 'a version that is undefined is said as one that is absent'
  },
  {
    file: 'src/plan/plan-run.ts',
    line: "const isBlind = ({ rule, severity }: Finding): boolean => severity === 'error' && BLIND.has(rule)",
    replacement: 'true',
    why: 'these rules say nothing but errors'
  },
  {
    file: 'src/rules/body-merge.ts',
    line: 'name => present[name] !== undefined && present[name] !== null && !dropped.has(name)',
    replacement: 'true',
    why: 'of the two comparisons only that with undefined can go: JSON has no such property'
  },
  {
    file: 'src/plan/checks/pool-body-rules.ts',
    line: 'const surplus = pool === undefined || identity === undefined ? [] : surplusIdentities({ identity }, pool)',
    replacement: 'false',
    why: 'an identity that is undefined has none to spare; the comparison of the pool is there for the compiler'
  },
  {
    file: 'src/plan/pool/other-content.ts',
    line: "if (spec.image !== undefined && !imageExists) return 'as it was before: the image is to be made again'",
    replacement: 'true',
    why: 'where a run makes no image, it counts as whole; the comparison stands for the reader'
  }
]
