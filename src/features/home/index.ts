// The door of home.

export { homeRoutes } from './pages.tsx';
