package third.party;

import io.araldo.config.Setting;

/** Not public: its package is opened. */
record ThirdSettings(@Setting("What it is called.") String label) {}
