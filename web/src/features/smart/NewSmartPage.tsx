export { NewSmartPage as default } from "./SmartPages";
