export { renderReports } from '@loadlab/loadtest';
