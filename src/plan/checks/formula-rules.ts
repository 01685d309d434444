/** Whether Batch can take the autoscale formula of the pool spec: it gets it last, when the nodes have cost their money. */
import { readFormula, type FormulaReading } from '../../model/autoscale-formula.ts'
import { ofPool } from './of-pool.ts'
import { error, PAGE, warning, type Rule, type Verdict } from './rule.ts'

const LONGEST_FORMULA = 8_192
const MOST_STATEMENTS = 100

const ABOUT = 'pool-spec: scaleSettings.autoScale.formula'
const CORRECT = 'correct the formula in the pool spec'

export const FORMULA_RULES: readonly Rule[] = [
  {
    id: 'autoscale-formula',
    source: PAGE.autoScale,
    check: ofPool(({ scale }) =>
      scale.kind === 'auto' && scale.from === 'spec' ? formulaVerdict(scale.formula) : undefined
    )
  }
]

function formulaVerdict(formula: string): Verdict | undefined {
  const { problem, statements, unknownNames } = readFormula(formula)
  if (problem !== undefined) return error(`${ABOUT} is no formula: ${placeOf(problem)}; Batch refuses it`, CORRECT)
  if (formula.length > LONGEST_FORMULA) {
    return error(`${ABOUT} has ${formula.length} characters, and Batch takes ${LONGEST_FORMULA}`, CORRECT)
  }
  if (statements > MOST_STATEMENTS) {
    return error(`${ABOUT} has ${statements} statements, and Batch takes ${MOST_STATEMENTS}`, CORRECT)
  }
  // Batch may know names that are newer than the page.
  return unknownNames.length === 0
    ? undefined
    : warning(
        `${ABOUT} names ${unknownNames.join(', ')}, which no statement before defines, nor Batch by its page; its evaluation would fail, and the pool would keep its size`,
        CORRECT
      )
}

const placeOf = ({ line, column, found }: NonNullable<FormulaReading['problem']>): string =>
  `${found === '' ? 'it ends too early' : `"${found}" is out of place`} (line ${line}, column ${column})`
