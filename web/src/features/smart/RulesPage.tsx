export { RulesPage as default } from "./SmartPages";
