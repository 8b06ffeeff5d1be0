import type { Report } from '../report/schema.ts';

export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
