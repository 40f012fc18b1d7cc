// Every route of the personally related information: JSON and pages.

import type { Office } from '../../office.ts';
import type { Route } from '../../platform/http/index.ts';

export const relatedRoutes = (_office: Office): Route[] => [];
