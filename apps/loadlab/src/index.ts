export { ExitCode } from './exit-codes';
