// Every route of the recipients and of the countries they are in: JSON and pages.

import type { Office } from '../../office.ts';
import type { Route } from '../../platform/http/index.ts';

export const recipientRoutes = (_office: Office): Route[] => [];
