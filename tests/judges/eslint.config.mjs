// The rules for the scripts of recto and of the judges: eslint --config tests/judges/eslint.config.mjs
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), '../../target/judges/'))
const { configs: { recommended } } = require('@eslint/js')
const globals = require('globals')

// What ECMAScript 2015 allows, but browsers of 2016 do not have.
const TOO_NEW = [
    'append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'closest', 'toggleAttribute',
    'flat', 'flatMap', 'at', 'entries', 'values', 'fromEntries', 'padStart', 'padEnd', 'finally', 'matchAll',
]

export default [
    {
        ...recommended,
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        rules: { ...recommended.rules, 'prefer-const': 'error', 'no-var': 'error', eqeqeq: 'error' },
    },
    {
        // Opened from disk in any browser since 2016.
        files: ['src/offline/assets/*.js'],
        languageOptions: { ecmaVersion: 2015, sourceType: 'script', globals: globals.browser },
        rules: {
            // A binding is part of the syntax.
            'no-unused-vars': ['error', { caughtErrors: 'none' }],
            'no-restricted-properties': ['error', ...TOO_NEW.map(property => ({ property, message: 'Browsers of 2016 do not have it.' }))],
        },
    },
    {
        files: ['src/preview/page/*.js'],
        languageOptions: { ecmaVersion: 2022, sourceType: 'script', globals: globals.browser },
    },
    {
        // Parts of these run in the browser.
        files: ['tests/judges/*.mjs'],
        languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: { ...globals.node, ...globals.browser } },
    },
]
