import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The layers, lowest first: each may import those before it (docs/decisions/0002-layers.md). */
const layers = ['type:base', 'type:construct', 'type:stack', 'type:app', 'type:cli'];
/** Tools know Terraform's formats, not the stacks' code: they see only the base and one another. */
const depConstraints = [
  ...layers.map((sourceTag, level) => ({
    sourceTag,
    onlyDependOnLibsWithTags: [...layers.slice(0, level + 1), ...(sourceTag === 'type:cli' ? ['type:tool'] : [])],
  })),
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:base', 'type:tool'] },
];

const providerBarrel = {
  name: '@cdktf/provider-aws',
  message: 'The barrel costs 5 s and 578 MB: import @cdktf/provider-aws/lib/<resource>.',
};

export default defineConfig(
  {
    name: 'loadlab/ignored',
    ignores: [
      '**/node_modules',
      '**/out-tsc',
      '**/dist',
      '**/cdktf.out',
      '**/.nx',
      '.venv*',
      '**/reports',
      '**/results',
    ],
  },
  eslint.configs.recommended,
  {
    name: 'loadlab/typescript',
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsdoc.configs['flat/recommended-typescript-error'],
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A type parameter that only the caller names is how a parsed edge gets its type.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Constructs are made for their effect on the tree.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-imports': ['error', { paths: [providerBarrel] }],
      // Names and types say what a parameter is; the docstring says units, errors and sources.
      'jsdoc/require-param': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { esm: true },
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          checkConstructors: false,
        },
      ],
      'jsdoc/tag-lines': 'off',
      'jsdoc/escape-inline-tags': 'off',
      'jsdoc/check-tag-names': ['error', { definedTags: ['remarks', 'default', 'source'] }],
    },
  },
  {
    name: 'loadlab/layers',
    files: ['**/*.ts'],
    ignores: ['**/*.spec.ts', '**/test/**', '**/bench/**'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          banTransitiveDependencies: false,
          // Commands load their work when they are called; that work may import whatever it needs.
          checkDynamicDependenciesExceptions: ['.*'],
          depConstraints,
        },
      ],
    },
  },
  {
    name: 'loadlab/stacks-meet-at-contracts',
    files: ['packages/{network,database,proxy-service,state-backend}/src/**/*.ts', 'apps/*/infra/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [providerBarrel],
          patterns: [
            {
              regex:
                '^@loadlab/(network|database|proxy-service|state-backend|mock-openai-infra|loadtest-infra)(?!/contract$)',
              message: 'A stack reads another only through its contract: import @loadlab/<stack>/contract.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'loadlab/contracts-stand-alone',
    files: ['{packages,apps}/**/src/contract.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [providerBarrel],
          patterns: [
            {
              regex: '^(?!zod$|@loadlab/foundation$)',
              message:
                'Nx takes this one file for all that others see of a stack: import nothing but zod and the foundation.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'loadlab/tests',
    files: ['**/*.spec.ts', '**/test/**/*.ts', '**/bench/**/*.ts'],
    rules: { 'jsdoc/require-jsdoc': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // A command loads its work when it is called: help and completion would wait for all of it otherwise. tsx hooks require, not
    // import(), in CommonJS.
    name: 'loadlab/commands-load-lazily',
    files: ['apps/loadlab/src/commands/*.ts'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  {
    name: 'loadlab/plain-javascript',
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        performance: 'readonly',
      },
    },
  },
  { name: 'loadlab/modules', files: ['**/*.mjs'], languageOptions: { sourceType: 'module' } },
  prettier,
);
