import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  {
    ignores: [
      'dist/',
      'packages/client/dist/',
      'packages/client/src/generated/',
      'node_modules/',
      '.fdx-consent/',
      'coverage/',
      '**/*.cjs',
      '**/*.mjs',
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A number in a template literal reads as what it is; ids and durations are printed all the time.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  // The heart is a pure value: no clock, no environment, no randomness.
  {
    files: ['src/domain/**'],
    rules: { 'no-restricted-globals': ['error', 'Date', 'process', 'crypto', 'fetch', 'setTimeout'] },
  },
  // A describe block is a table of contents, not a function.
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
);
