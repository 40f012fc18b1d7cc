// The typed client of the JSON API, for the company's systems: `import { sekisho } from 'sekisho/client'`.
