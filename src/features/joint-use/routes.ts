// Every route of the joint uses: JSON and pages.

import type { Office } from '../../office.ts';
import type { Route } from '../../platform/http/index.ts';

export const jointUseRoutes = (_office: Office): Route[] => [];
