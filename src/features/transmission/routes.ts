// Every route of the external transmissions: JSON and pages.

import type { Office } from '../../office.ts';
import type { Route } from '../../platform/http/index.ts';

export const transmissionRoutes = (_office: Office): Route[] => [];
