import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from './environment-json-schema';

writeFileSync(join(__dirname, '../../schema/environment.json'), environmentJsonSchema());
