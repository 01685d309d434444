import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

// Few rules: what the compiler and the formatter can't see, and what has cost runs before.
export default defineConfig(
  { ignores: ['dist/', 'build/', 'node_modules/', 'coverage/', '.out/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'no-constant-condition': ['error', { checkLoops: 'none' }],
      'no-control-regex': 'error',
      'no-empty': 'error',
      'no-self-compare': 'error',
      'no-unreachable-loop': 'error',
      'no-useless-escape': 'error',
      'prefer-const': 'error'
    }
  },
  {
    files: ['src/**/*.ts', 'emulator/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' }
  },
  {
    // What would let a test pass without being run.
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name=/^(test|it|describe)$/][property.name='only']",
          message: 'a test with ".only" hides all others; remove it'
        }
      ]
    }
  }
)
