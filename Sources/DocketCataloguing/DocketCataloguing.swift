// The stage of cataloguing: values come from DocketCore, and what leaves goes to DocketPublishing.
