// Every route of the consents, withdrawals and objections: JSON and pages.

import type { Office } from '../../office.ts';
import type { Route } from '../../platform/http/index.ts';

export const consentRoutes = (_office: Office): Route[] => [];
