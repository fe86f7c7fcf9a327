export { generateLoad } from './generator/generate-load';
export { FAILURE_CLASSES, type Measurement } from './measurement/measurement';
export { progressReporter, type ProgressReporter } from './progress/progress-reporter';
export { mergeRecords, type FiledRecord } from './record/merge-records';
export { checkRecord, readRecord, writeRecord } from './record/record-file';
export type { HourlyCost } from './record/run-cost';
export { RECORD_SCHEMA, type RunRecord } from './record/record-schema';
export { renderReports } from './report/render-reports';
export { terminalSummary } from './report/terminal-summary';
export type { LoadGenerator, Progress } from './run/load-generator';
export {
  processSurroundings,
  runLoadTest,
  type RunEvent,
  type RunOptions,
  type RunOutcome,
  type RunSurroundings,
} from './run/run-load-test';
export { checkScenario, loadScenario, type LoadedScenario } from './scenario/load-scenario';
export { scaleToMachine } from './scenario/scale-to-machine';
export type { Scenario } from './scenario/scenario';
export { shippedScenarios } from './scenario/shipped-scenarios';
export { exitCodeOf } from './slo/exit-code';
