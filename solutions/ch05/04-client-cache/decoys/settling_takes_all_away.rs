// mistake: takes everybody away when it settles
// killed by: settling_is_no_news_when_all_have_come_back
// says: Callers do not see A, and should
// region: settle
        if self.settles.is_none_or(|settles| now < settles) {
            return false;
        }
        self.settles = None;
        let before = self.shown.len();
        self.shown.retain(|_, _| false);
        self.shown.len() < before
