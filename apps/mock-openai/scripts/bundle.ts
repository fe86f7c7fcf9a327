import { join } from 'node:path';
import { bundleMockOpenAi } from '../src/bundle/bundle-mock-openai';

/** `nx bundle mock-openai`: writes the bundle and says what it is called. */
void bundleMockOpenAi(join(__dirname, '..', 'dist', 'main.js')).then(({ file, sha256 }) => {
  console.log(`${sha256}  ${file}`);
});
